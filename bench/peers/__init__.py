"""How others do it, in code of our own: what the benches compare with."""
