"""Measurements: speed as ratios against peers in the same run, quality with the scorers."""
