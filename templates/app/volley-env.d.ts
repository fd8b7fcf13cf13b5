/// <reference types="volley/next" />

// Written by `volley dev` and `volley build`: the types of next/*, of style sheets, and of the app's routes.

interface VolleyAppRoutes {
  pages: {
    '/': true
  }
  handlers: {}
  layouts: {
    '/': never
  }
}
