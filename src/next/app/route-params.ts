/** The parameters of a path: those of `/posts/[id]` are `{ id: string }`. */
export type RouteParams<path extends string> = string extends path
  ? Record<string, string | string[] | undefined>
  : path extends `${infer first}/${infer rest}`
    ? RouteParams<first> & RouteParams<rest>
    : SegmentParams<path>

type SegmentParams<segment extends string> = segment extends `[[...${infer name}]]`
  ? { [key in name]?: string[] }
  : segment extends `[...${infer name}]`
    ? { [key in name]: string[] }
    : segment extends `[${infer name}]`
      ? { [key in name]: string }
      : object
