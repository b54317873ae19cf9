"""Scripts, settings and logs of what was learned here."""
