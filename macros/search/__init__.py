"""The search: what it can answer (`index`), how it finds it and how a page asks (the scripts)."""
