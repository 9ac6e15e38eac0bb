# Exit codes that mean something inside the sandbox mean nothing when the code chooses them.
import os

os._exit(92)
