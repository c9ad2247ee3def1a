"""A client for security review packages.

Reads and writes packages, checks the rules of the model, and shows the risk
that the Go SDK computed. Nothing is scored here.
"""
