"""The fleet: what each terminal said last, what it says it holds, what is stored of it."""
