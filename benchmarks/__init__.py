"""Benchmarks: what marsad costs, as ratios within one run."""
