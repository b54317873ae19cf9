"""From a page to its articles and their sentences: text only, no engine, no HTTP."""
