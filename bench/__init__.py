"""Workloads with published results: `make bench` runs them, `bench/results/` keeps what they printed."""
