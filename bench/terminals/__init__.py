"""Terminals for demo and benchmarks: real ADMS bytes over real sockets, kept until the server has acknowledged them."""
