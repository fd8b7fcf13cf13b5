/// <reference types="volley/next" />

// Written by `volley dev` and `volley build`: the types of next/* and of style sheets.
