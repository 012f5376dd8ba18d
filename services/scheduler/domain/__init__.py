"""The rules of deadlines: pure. Days, lengths, the open deadlines of a case, and when a clock is to be trusted."""
