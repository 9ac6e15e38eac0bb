"""What a process that handles something hostile is kept from, where the system can do that: files, network, processes.

`policy` holds the rules as data and builds what the kernel wants; the sandbox for code and the child that reads
articles apply them.
"""
