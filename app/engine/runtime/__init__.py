"""Runtimes: token ids in, token ids out; the only places that import torch and ctranslate2."""
