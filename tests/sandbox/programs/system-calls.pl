# Asks the kernel for what a stranger's native code might want and prints, a line each, the name and what came of
# it: "done" or the number of the error. Nothing asked for does harm where it is granted.
use strict;
use warnings;

my $grader = shift;
my $buffer = "\0" x 256;
my $path = '/tmp/sandbox-attempt';
my $attr = pack 'L2Q14', 1, 112, (0) x 14;
my @ATTEMPTS = (
    [ 'socket-inet', 41, 2, 1, 0 ], [ 'socket-inet6', 41, 10, 2, 0 ], [ 'socket-unix', 41, 1, 1, 0 ],
    [ 'socket-netlink', 41, 16, 3, 0 ], [ 'socket-packet', 41, 17, 3, 0 ], [ 'socket-vsock', 41, 40, 1, 0 ],
    [ 'socketpair', 53, 1, 1, 0, $buffer ],
    [ 'fork', 57 ], [ 'vfork-like-clone', 56, 17, 0, 0, 0, 0 ], [ 'clone3', 435, $buffer, 88 ],
    [ 'ptrace', 101, 16, $grader, 0, 0 ], [ 'process_vm_readv', 310, $grader, $buffer, 1, $buffer, 1, 0 ],
    [ 'pidfd_open', 434, $grader, 0 ], [ 'kcmp', 312, $grader, $grader, 0, 0, 0 ],
    [ 'kill-grader', 62, $grader, 0 ], [ 'kill-all', 62, -1, 0 ], [ 'tgkill-grader', 234, $grader, $grader, 0 ],
    [ 'rt_sigqueueinfo', 129, $grader, 0, $buffer ],
    [ 'own-signals-of-a-pipe', 72, 1, 8, $grader ],
    [ 'prlimit-grader', 302, $grader, 7, 0, $buffer ], [ 'nice-grader', 141, 0, $grader, 19 ],
    [ 'affinity-grader', 203, $grader, 8, $buffer ],
    [ 'unshare-user', 272, 0x10000000 ], [ 'unshare-net', 272, 0x40000000 ], [ 'setns', 308, 0, 0 ],
    [ 'mount', 165, 'none', '/tmp', 'tmpfs', 0, 0 ], [ 'chroot', 161, '/' ], [ 'pivot_root', 155, '/', '/' ],
    [ 'io_uring_setup', 425, 1, $buffer ], [ 'bpf', 321, 0, $buffer, 48 ], [ 'userfaultfd', 323, 1 ],
    [ 'perf_event_open', 298, $attr, 0, -1, -1, 0 ], [ 'memfd_create', 319, 'x', 0 ],
    [ 'keyctl', 250, 0, -3, 0 ], [ 'add_key', 248, 'user', 'x', 'x', 1, -3 ],
    [ 'shmget', 29, 0, 4096, 01600 ], [ 'semget', 64, 0, 1, 01600 ], [ 'msgget', 68, 0, 01600 ],
    [ 'mq_open', 240, 'x', 0102, 0600, 0 ],
    [ 'open-create', 2, $path, 0101, 0600 ], [ 'creat', 85, $path, 0600 ], [ 'open-tmpfile', 2, '/tmp', 020200002, 0600 ],
    [ 'mkdir', 83, "$path-directory", 0700 ], [ 'mknod', 133, $path, 010600, 0 ], [ 'symlink', 88, '/etc/passwd', $path ],
    [ 'chmod', 90, '.', 0777 ], [ 'utimes', 235, '.', 0 ], [ 'setxattr', 188, '.', 'user.x', 'x', 1, 0 ],
    [ 'truncate', 76, $path, 0 ], [ 'unlink', 87, $path ],
    [ 'setuid', 105, 0 ], [ 'setgroups', 116, 0, 0 ], [ 'capset', 126, $buffer, $buffer ],
    [ 'personality', 135, 0x0400000 ], [ 'dumpable-by-anyone', 157, 0x59616d61, -1 ],
    [ 'inotify_init', 253 ], [ 'fanotify_init', 300, 0, 0 ], [ 'open_by_handle_at', 304, 0, $buffer, 0 ],
    [ 'execveat', 322, -100, '/bin/true', 0, 0, 0 ], [ 'settimeofday', 164, 0, 0 ], [ 'sethostname', 170, 'x', 1 ],
    [ 'swapoff', 168, 'x' ], [ 'reboot', 169, 0, 0, 0, 0 ], [ 'init_module', 175, $buffer, 0, '' ],
    [ 'quotactl', 179, 0, 0, 0, 0 ], [ 'ioperm', 173, 0, 1, 1 ], [ 'seccomp-off', 317, 0, 0, 0 ],
);

for my $attempt (@ATTEMPTS) {
    my ($name, $number, @arguments) = @$attempt;
    my $result = syscall $number, @arguments;
    if ($name =~ /^(?:fork|vfork-like-clone|clone3)$/ && $result == 0) { syscall 231, 0 }
    my $outcome = $result < 0 ? $! + 0 : 'done';
    syswrite STDOUT, "$name $outcome\n";
}
