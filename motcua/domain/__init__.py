"""The rules: pure Python, no clock, no rows, no request. Start reading here."""
