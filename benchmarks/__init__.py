"""The benchmarks of `make bench`: every subject of the specification, each beside a baseline run in the same minute."""
