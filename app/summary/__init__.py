"""Which sentences carry an article, shorter forms of them, and whether a line is true to it."""
