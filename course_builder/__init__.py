"""The instructor's side: build, run, record and grade. No lesson imports it."""
