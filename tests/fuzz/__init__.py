"""A fuzzer that goes on: it spoils real files, names, settings and command lines, and looks for what must never happen."""
