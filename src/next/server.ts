export {
  after,
  connection,
  VolleyRequest as NextRequest,
  VolleyResponse as NextResponse,
} from '../server.ts'
