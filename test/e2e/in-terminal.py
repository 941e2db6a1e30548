"""Runs a program in a terminal and types a line at each question: in-terminal.py ANSWER,… PROGRAM WORD…

What the program wrote goes to standard output; the exit status is the program's, 128 + N for signal N. The
answer ^C types Ctrl-C.
"""

import os
import pty
import select
import sys

QUESTION = b"[y/N/q] "
SECONDS_OF_SILENCE = 60

answers = sys.argv[1].split(",")
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])

written = b""
while select.select([terminal], [], [], SECONDS_OF_SILENCE)[0]:
    try:
        part = os.read(terminal, 65536)
    except OSError:  # the end of a terminal on Linux
        break
    if not part:
        break
    written += part
    if written.endswith(QUESTION) and answers:
        answer = answers.pop(0)
        os.write(terminal, b"\x03" if answer == "^C" else answer.encode() + b"\n")

_, status = os.waitpid(child, 0)
sys.stdout.buffer.write(written)
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
