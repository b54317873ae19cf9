"""sejul: Korean newspaper pages in, articles out, each with a headline and three lines that are true."""

__version__ = "0.1.0"
