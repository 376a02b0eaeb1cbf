"""What is fast, measured: one command each, against what a user would pick instead."""
