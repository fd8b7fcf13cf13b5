export {
  CallRefusedError,
  CallTimeoutError,
  NetworkError,
  StaleFunctionError,
} from './browser/call-errors.ts'
