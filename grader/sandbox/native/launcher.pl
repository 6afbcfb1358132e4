# The same as launcher.c, argument for argument, for hosts that have perl (an essential package of Debian and
# Ubuntu) and no compiler. See there for what the steps mean.
use strict;
use warnings;
use Config;

my %NUMBERS = (
    x86_64 => {
        write => 1, close => 3, kill => 62, fcntl => 72, setsid => 112, setgroups => 116, setresuid => 117,
        setresgid => 119, capset => 126, prctl => 157, setrlimit => 160, openat => 257,
    },
    aarch64 => {
        write => 64, close => 57, kill => 129, fcntl => 25, setsid => 157, setgroups => 159, setresuid => 147,
        setresgid => 149, capset => 91, prctl => 167, setrlimit => 164, openat => 56,
    },
);
# The same on every architecture.
my ($CLOSE_RANGE, $LANDLOCK_CREATE, $LANDLOCK_ADD, $LANDLOCK_RESTRICT) = (436, 444, 445, 446);
my ($LANDLOCK_VERSION_FLAG, $LANDLOCK_PATH_BENEATH, $LANDLOCK_FILE_RIGHTS) = (1, 1, 0xc007);
my ($PR_SET_PDEATHSIG, $PR_SET_SECCOMP, $PR_CAPBSET_DROP, $PR_SET_NO_NEW_PRIVS, $PR_CAP_AMBIENT) =
    (1, 22, 24, 38, 47);
my ($SECCOMP_MODE_FILTER, $PR_CAP_AMBIENT_CLEAR_ALL, $CAPABILITY_VERSION_3) = (2, 4, 0x20080522);
my ($O_PATH, $O_CLOEXEC, $AT_FDCWD) = (010000000, 02000000, -100);
my ($ENOENT, $EACCES, $ENOTDIR) = (2, 13, 20);
my $SIGKILL = 9;
my $OWN_PID_MARKER = 0x70696421;
my ($REPORT, $FIRST_FOREIGN_DESCRIPTOR) = (4, 5);
my ($F_SETFD, $FD_CLOEXEC) = (2, 1);

my ($machine) = $Config{archname} =~ /^(\w+?)-/;
my $call = $NUMBERS{ $machine // '' } or die "launcher: no numbers of system calls for this machine\n";

sub fail {
    my ($what) = @_;
    my $line = "$what: " . ($! + 0 ? $! : 'not understood') . "\n";
    syscall($call->{write}, $REPORT, $line, length $line) >= 0 or syswrite STDERR, "launcher: $line";
    exit 125;
}

sub number {
    my ($text) = @_;
    $! = 0;
    $text =~ /\A[0-9]+\z/ or fail($text);
    return $text + 0;
}

sub limit {
    my ($resource, $value) = map { number($_) } @_;
    syscall($call->{setrlimit}, $resource, pack 'Q2', $value, $value) == 0 or fail('limit');
}

sub open_ruleset {
    my $rights = pack 'Q3', map { number($_) } @_;
    my $ruleset = syscall $LANDLOCK_CREATE, $rights, length $rights, 0;
    $ruleset >= 0 or fail('landlock');
    return $ruleset;
}

sub allow {
    my ($ruleset, $rights, $path) = ($_[0], number($_[1]), $_[2]);
    my $descriptor = syscall $call->{openat}, $AT_FDCWD, "$path", $O_PATH | $O_CLOEXEC, 0;
    if ($descriptor < 0) {
        return if grep { $! == $_ } $ENOENT, $ENOTDIR, $EACCES;
        fail($path);
    }
    $rights &= $LANDLOCK_FILE_RIGHTS unless -d $path;
    my $rule = pack 'Ql', $rights, $descriptor;
    syscall($LANDLOCK_ADD, $ruleset, $LANDLOCK_PATH_BENEATH, $rule, 0) == 0 or fail($path);
    syscall $call->{close}, $descriptor;
}

sub read_filter {
    my ($hex) = @_;
    $! = 0;
    $hex =~ /\A(?:[0-9a-f]{16})+\z/ or fail('filter');
    my @instructions = unpack '(SCCL)*', pack 'H*', $hex;
    for (my $i = 3; $i < @instructions; $i += 4) {
        $instructions[$i] = $$ if $instructions[$i] == $OWN_PID_MARKER;
    }
    return pack '(SCCL)*', @instructions;
}

sub close_foreign_descriptors {
    return if syscall($CLOSE_RANGE, $FIRST_FOREIGN_DESCRIPTOR, 0xffffffff, 0) == 0;
    syscall $call->{close}, $_ for $FIRST_FOREIGN_DESCRIPTOR .. 4096;
}

sub become {
    my ($uid) = @_;
    syscall $call->{prctl}, $PR_CAPBSET_DROP, $_, 0, 0, 0 for 0 .. 63;
    syscall($call->{setgroups}, 1, pack 'L', $uid) == 0 or fail('groups');
    syscall($call->{setresgid}, $uid, $uid, $uid) == 0 or fail('group');
    syscall($call->{setresuid}, $uid, $uid, $uid) == 0 or fail('user');
}

sub drop_capabilities {
    syscall $call->{prctl}, $PR_CAP_AMBIENT, $PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0;
    my ($header, $none) = (pack('Ll', $CAPABILITY_VERSION_3, 0), pack 'L6', (0) x 6);
    syscall($call->{capset}, $header, $none) == 0 or fail('capabilities');
}

sub reap {
    my ($uid) = @_;
    $! = 0;
    $uid > 0 or fail('reap without a user id');
    become($uid);
    drop_capabilities();
    syscall $call->{kill}, -1, $SIGKILL;
    exit 0;
}

my ($uid, $ruleset, $filter) = (-1, -1, '');
if (@ARGV && $ARGV[0] eq 'landlock-version') {
    my $version = syscall $LANDLOCK_CREATE, 0, 0, $LANDLOCK_VERSION_FLAG;
    syswrite STDOUT, ($version < 0 ? 0 : $version) . "\n";
    exit 0;
}
while (@ARGV && $ARGV[0] ne '--') {
    my $step = shift @ARGV;
    my $operands = @ARGV;
    if ($step eq 'reap') { reap($uid) }
    elsif ($step eq 'uid' && $operands >= 1) { $uid = number(shift @ARGV) }
    elsif ($step eq 'limit' && $operands >= 2) { limit(splice @ARGV, 0, 2) }
    elsif ($step eq 'landlock' && $operands >= 3) { $ruleset = open_ruleset(splice @ARGV, 0, 3) }
    elsif ($step eq 'allow' && $operands >= 2) { allow($ruleset, splice @ARGV, 0, 2) }
    elsif ($step eq 'filter' && $operands >= 1) { $filter = read_filter(shift @ARGV) }
    else { $! = 0; fail($step) }
}
shift @ARGV;
$! = 0;
@ARGV or fail('no program');

my $parent = getppid();
if (open my $file, '>', '/proc/self/oom_score_adj') {
    syswrite $file, '1000';
    close $file;
}
syscall($call->{prctl}, $PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 or fail('no_new_privs');
if ($ruleset >= 0) { syscall($LANDLOCK_RESTRICT, $ruleset, 0) == 0 or fail('landlock') }
close_foreign_descriptors();
syscall $call->{setsid};
umask 077;
become($uid) if $uid >= 0;
drop_capabilities();
syscall($call->{prctl}, $PR_SET_PDEATHSIG, $SIGKILL, 0, 0, 0) == 0 or fail('death signal');
exit 125 if getppid() != $parent;
%ENV = ();
if ($filter ne '') {
    my $program = pack 'Sx6P', length($filter) / 8, $filter;
    syscall($call->{prctl}, $PR_SET_SECCOMP, $SECCOMP_MODE_FILTER, $program, 0, 0) == 0 or fail('filter');
}
if (syscall($call->{fcntl}, $REPORT, $F_SETFD, $FD_CLOEXEC) == 0) {
    my $line = "started\n";
    syscall($call->{write}, $REPORT, $line, length $line) == length $line or exit 125;
}
{ no warnings 'exec'; exec { $ARGV[0] } @ARGV }
fail($ARGV[0]);
