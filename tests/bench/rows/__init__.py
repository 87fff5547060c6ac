"""What is measured: a module for each thing, with one function `measure(bench)` that gives rows."""
