"""What instructors keep beside the verdicts: who is in charge, remarks, pieces asked for. No verdict reads any of it.

Every write is journaled and takes an operation id: the same id twice writes once.
"""
