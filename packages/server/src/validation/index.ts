/** A server's verdict on a request without a server: for tools that write requests. */
export { explainRequest } from './explain-request.ts'
export type { Issue, IssueReport } from './issues.ts'
