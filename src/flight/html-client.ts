/** React's Flight for the graph that renders HTML; plugin-rsc's half of it loads client modules. */
export { getClientEntryUrl } from '@vitejs/plugin-rsc/ssr.node'
export {
  createFromNodeStream,
  encodeReply,
  registerServerReference,
  type EncodeFormAction,
  type FormAction,
  type FormFields,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
