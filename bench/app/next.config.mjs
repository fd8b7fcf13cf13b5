/** For Volley, Next.js and vinext alike. The time of a build is not to hold a check of types. */
export default {
  experimental: { serverActions: { bodySizeLimit: '30mb' } },
  typescript: { ignoreBuildErrors: true },
}
