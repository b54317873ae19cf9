"""Engines: assignments in, drafts out."""
