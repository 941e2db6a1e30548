"""Runs a program in a terminal and types a line at each question: in-terminal.py ANSWER,… PROGRAM WORD…

What the program wrote goes to standard output; the exit status is the program's, 128 + N for signal N. The
answers ^C and ^\\ type Ctrl-C, and Ctrl-\\ with Enter. QUESTION in the environment is how another question ends;
then a last line tells whether the terminal echoes at the questions and afterwards.
"""

import os
import pty
import select
import sys
import termios

QUESTION = os.environ.get("QUESTION", "[y/N/q] ").encode()
KEYS = {"^C": b"\x03", "^\\": b"\x1c\n"}
SECONDS_OF_SILENCE = 60

answers = sys.argv[1].split(",")
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])


def echoes():
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


written = b""
echoed = []
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
        echoed.append(echoes())
        os.write(terminal, KEYS.get(answer, answer.encode() + b"\n"))

_, status = os.waitpid(child, 0)
sys.stdout.buffer.write(written)
if "QUESTION" in os.environ:
    print(f"\nechoed {echoed}, afterwards {echoes()}")
sys.stdout.flush()
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
