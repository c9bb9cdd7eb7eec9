/*
 * The frame's half of the pretend client. A classic script placed first in <head> of the framed page, so that it runs
 * before the SDK reads navigator.userAgent. Inert unless framed with a {"ns":"wwsim"} config in window.name.
 */
;(function () {
  'use strict'
  var config
  try {
    config = JSON.parse(window.name)
  } catch (notOurs) {
    return
  }
  if (!config || config.ns !== 'wwsim' || window.parent === window || window.__wwsim) return
  var host = window.parent
  var sid = Math.random().toString(36).slice(2)
  var lastId = 0
  var pending = {}
  var listeners = {}
  var injected = false

  function override(key, value) {
    if (value === undefined) return
    Object.defineProperty(navigator, key, {
      get: function () {
        return value
      },
      configurable: true,
    })
  }
  override('userAgent', config.userAgent)
  override('platform', config.platform)
  override('maxTouchPoints', config.maxTouchPoints)

  /* What gets signed: the address without its fragment, at the time of the call. */
  function signedUrl() {
    return location.href.split('#')[0]
  }

  /* A JSON string, because parameters may hold functions and proxies, which structured clone refuses. */
  function post(message) {
    message.ns = 'wwsim'
    message.v = 1
    message.sid = sid
    host.postMessage(JSON.stringify(message), config.hostOrigin)
  }

  var bridge = {
    invoke: function (name, params, callback) {
      var id = ++lastId
      if (typeof callback === 'function') pending[id] = callback
      post({ t: 'invoke', id: id, name: name, params: params || {}, url: signedUrl() })
    },
    call: function (name, params) {
      bridge.invoke(name, params)
    },
    on: function (name, callback) {
      listeners[name] = callback
      post({ t: 'on', name: name })
    },
  }

  function answer(message) {
    var callback = pending[message.id]
    delete pending[message.id]
    if (callback) callback(message.res)
  }

  function hear(message) {
    var returned
    var thrown
    try {
      returned = listeners[message.name] && listeners[message.name](message.data)
    } catch (error) {
      thrown = String(error)
    }
    if (message.eid) {
      post({ t: 'eventResult', eid: message.eid, ret: returned === undefined ? null : returned, err: thrown })
    }
  }

  function inject() {
    if (injected) return
    injected = true
    window.WeixinJSBridge = bridge
    if (config.bridge === 'silent') return
    var ready = document.createEvent('Events')
    ready.initEvent('WeixinJSBridgeReady', false, false)
    document.dispatchEvent(ready)
  }

  window.addEventListener('message', function (event) {
    if (event.source !== host || event.origin !== config.hostOrigin || typeof event.data !== 'string') return
    var message
    try {
      message = JSON.parse(event.data)
    } catch (notOurs) {
      return
    }
    if (!message || message.ns !== 'wwsim' || message.sid !== sid) return
    if (message.t === 'result') answer(message)
    else if (message.t === 'event') hear(message)
    else if (message.t === 'bridge') inject()
  })

  window.__wwsim = { sid: sid, config: config }
  post({ t: 'hello', url: signedUrl(), ua: navigator.userAgent })
  if (config.bridge === 'early') inject()
  else if (config.bridge === 'late' || config.bridge === 'silent') setTimeout(inject, config.bridgeDelay)
})()
