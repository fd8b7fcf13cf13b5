/** Every statement may run again: the schema is applied at the first connection of each process. */
export const schema = `
  CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    password TEXT
  );
  CREATE TABLE IF NOT EXISTS images (
    name TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    bytes BLOB NOT NULL
  );
  CREATE TABLE IF NOT EXISTS posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    author INTEGER NOT NULL REFERENCES users (id),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    image TEXT REFERENCES images (name),
    views INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS likes (
    post INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    user INTEGER NOT NULL REFERENCES users (id),
    PRIMARY KEY (post, user)
  );
  CREATE TABLE IF NOT EXISTS comments (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    author INTEGER NOT NULL REFERENCES users (id),
    text TEXT NOT NULL,
    created INTEGER NOT NULL
  );
`
