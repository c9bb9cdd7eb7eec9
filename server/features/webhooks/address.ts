import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Addresses that are nobody's server on the internet: this machine, its network, and what clouds keep their secrets behind. */
const PRIVATE = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv6')

/** An IPv4 address written as IPv6, however it is spelt, is judged as what it is. */
export function isPublic(ip: string): boolean {
  const version = isIP(ip)
  if (version === 4) return !PRIVATE.check(ip, 'ipv4')
  if (version === 0 || ip.includes('%')) return false
  const [, high, low] = /^\[::ffff:([\da-f]+):([\da-f]+)\]$/.exec(new URL(`http://[${ip}]`).hostname) ?? []
  if (high === undefined || low === undefined) return !PRIVATE.check(ip, 'ipv6')
  const [a, b] = [parseInt(high, 16), parseInt(low, 16)]
  return isPublic(`${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`)
}

/** Why an address may not be told anything; undefined: it may. Only the form: where it leads is looked at with each delivery. */
export function problemOf(url: string): string | undefined {
  const { protocol, port, username, password, hostname } = new URL(url)
  if (protocol !== 'https:' || port !== '') return '只能推送到 https 地址的 443 端口'
  if (username + password !== '') return '地址里不能带用户名和密码'
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !isPublic(host)) return '不能推送到内网地址'
  return /(^|\.)(localhost|internal|local)\.?$/i.test(host) ? '不能推送到内网地址' : undefined
}

/** The public address a host leads to now; every one it leads to must be public. Connecting to just this one leaves no second look-up to be lied to. */
export async function publicAddressOf(host: string): Promise<{ address: string; family: number }> {
  const found = await lookup(host.replace(/^\[|\]$/g, ''), { all: true })
  const hidden = found.find(({ address }) => !isPublic(address))
  if (hidden || !found[0]) throw new Error('这个域名指向内网地址，没有推送')
  return found[0]
}
