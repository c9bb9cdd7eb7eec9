import { API } from './apis.ts'
import type { Call } from './call.ts'
import { WecomError } from './error.ts'
import type { Wecom } from './port.ts'
import { CodeOwner, DepartmentList, toDepartments, toMember, WireMember } from './schemas.ts'

/** Members, departments, and who an OAuth code belongs to (server-api.md §3.2, §5). */
export function createDirectory(call: Call): Pick<Wecom, 'readMember' | 'listDepartments' | 'memberOfCode'> {
  return {
    readMember: async (userId) => {
      try {
        return toMember(await call(API.member, WireMember, { query: { userid: userId } }))
      } catch (error) {
        if (error instanceof WecomError && [60111, 40003].includes(error.errcode)) return undefined
        throw error
      }
    },
    listDepartments: async () => toDepartments(await call(API.departments, DepartmentList)),
    memberOfCode: async (code) => {
      const { userid } = await call(API.memberOfCode, CodeOwner, { query: { code } })
      // A slash marks a member of another corp up- or downstream.
      return userid === null || userid.includes('/') ? undefined : { userId: userid }
    },
  }
}
