"""Grading: the student's code runs in a process of its own, the tests run in another one.

`answers` takes the answers out of a submission; `runner` runs the tests of the trusted notebook,
cell by cell (`cells`), and asks the student's process for what they name (`remote`); `student`
runs the answers and returns nothing but data (`encoding`); `namespaces`, `landlock` or a
program shuts both processes in (`isolation`); `server` starts them, warm, one pair a submission.
"""
