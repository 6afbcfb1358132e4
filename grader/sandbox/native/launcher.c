/*
 * Turns itself into a restricted process and then becomes the program it was asked to start.
 *
 * It decides nothing: which limits, which directories and which system calls is said by its arguments, so that
 * this program and launcher.pl, which does the same where no compiler is, follow one policy (sandbox/policy).
 *
 *   launcher landlock-version
 *   launcher uid N reap
 *   launcher [step]... -- PROGRAM [argument]...
 *
 * Descriptors 0-3 are the program's. Descriptor 4, if open, takes one line for the grader, "started" or what could
 * not be done (then the status is 125). It closes as the program starts, which therefore cannot forge the line.
 *
 * Steps, in any order:
 *
 *   uid N                   become user and group N, alone in it, without capabilities
 *   limit RESOURCE VALUE    setrlimit, soft and hard, by the kernel's number of the resource
 *   landlock FS NET SCOPE   from here on only what `allow` names, by the kernel's bit masks
 *   allow RIGHTS PATH       a file or a directory with all below it; a path that is not there is passed over
 *   filter HEX              system calls: a BPF program, its instructions as 8 bytes in hexadecimal
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Newer than the headers of some systems that this is compiled on; the same on every architecture. */
#define CLOSE_RANGE 436
#define LANDLOCK_CREATE 444
#define LANDLOCK_ADD 445
#define LANDLOCK_RESTRICT 446
#define LANDLOCK_VERSION_FLAG 1
#define LANDLOCK_PATH_BENEATH 1
/* Rights that make sense for a file: execute, write, read, truncate, ioctl. */
#define LANDLOCK_FILE_RIGHTS UINT64_C(0xc007)

/* Stands in a filter for the process id, which is known only here. No process id is as large. */
#define OWN_PID_MARKER 0x70696421u

#define REPORT 4
#define FIRST_FOREIGN_DESCRIPTOR 5
#define MAX_INSTRUCTIONS 2048

struct landlock_ruleset {
  uint64_t filesystem, network, scope;
};

struct __attribute__((packed)) landlock_path {
  uint64_t rights;
  int32_t descriptor;
};

struct plan {
  long uid; /* -1: stay */
  int ruleset; /* -1: no Landlock */
  unsigned short instructions; /* 0: no filter */
  struct sock_filter filter[MAX_INSTRUCTIONS];
};

static void fail(const char *what) {
  const char *why = errno ? strerror(errno) : "not understood";
  if (dprintf(REPORT, "%s: %s\n", what, why) < 0) dprintf(2, "launcher: %s: %s\n", what, why);
  _exit(125);
}

static unsigned long long number(const char *text) {
  char *end;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  if (errno || end == text || *end) fail(text);
  return value;
}

static void limit(const char *resource, const char *value) {
  struct rlimit both = {number(value), number(value)};
  if (setrlimit((int)number(resource), &both)) fail("limit");
}

static int open_ruleset(const char *filesystem, const char *network, const char *scope) {
  struct landlock_ruleset rights = {number(filesystem), number(network), number(scope)};
  int ruleset = (int)syscall(LANDLOCK_CREATE, &rights, sizeof rights, 0);
  if (ruleset < 0) fail("landlock");
  return ruleset;
}

static void allow(int ruleset, const char *rights, const char *path) {
  struct landlock_path rule = {number(rights), open(path, O_PATH | O_CLOEXEC)};
  struct stat status;
  if (rule.descriptor < 0) {
    if (errno == ENOENT || errno == ENOTDIR || errno == EACCES) return;
    fail(path);
  }
  if (fstat(rule.descriptor, &status)) fail(path);
  if (!S_ISDIR(status.st_mode)) rule.rights &= LANDLOCK_FILE_RIGHTS;
  if (syscall(LANDLOCK_ADD, ruleset, LANDLOCK_PATH_BENEATH, &rule, 0)) fail(path);
  close(rule.descriptor);
}

static uint8_t hex_byte(const char *digits) {
  char pair[3] = {digits[0], digits[1], 0}, *end;
  unsigned long value = strtoul(pair, &end, 16);
  if (end != pair + 2) fail("filter");
  return (uint8_t)value;
}

static void read_filter(struct plan *plan, const char *hex) {
  size_t bytes = strlen(hex) / 2;
  errno = 0;
  if (!bytes || bytes % sizeof(struct sock_filter) || bytes > sizeof plan->filter) fail("filter");
  for (size_t i = 0; i < bytes; i++) ((uint8_t *)plan->filter)[i] = hex_byte(hex + 2 * i);
  plan->instructions = (unsigned short)(bytes / sizeof(struct sock_filter));
  for (int i = 0; i < plan->instructions; i++) {
    if (plan->filter[i].k == OWN_PID_MARKER) plan->filter[i].k = (uint32_t)getpid();
  }
}

/* When memory runs out in a small container, the kernel should end this process and not the grader. */
static void be_first_to_go(void) {
  int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  if (write(file, "1000", 4) != 4) errno = 0;
  close(file);
}

static void close_foreign_descriptors(void) {
  if (!syscall(CLOSE_RANGE, FIRST_FOREIGN_DESCRIPTOR, ~0u, 0)) return;
  struct rlimit open_files;
  if (getrlimit(RLIMIT_NOFILE, &open_files)) fail("descriptors");
  for (rlim_t i = FIRST_FOREIGN_DESCRIPTOR; i < open_files.rlim_cur; i++) close((int)i);
}

static void become(long uid) {
  gid_t group = (gid_t)uid;
  /* Out of reach for good, even for a program with file capabilities. Allowed only with CAP_SETPCAP. */
  for (int capability = 0; capability < 64; capability++) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  if (setgroups(1, &group)) fail("groups");
  if (setresgid(group, group, group)) fail("group");
  if (setresuid((uid_t)uid, (uid_t)uid, (uid_t)uid)) fail("user");
}

static void drop_capabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  if (syscall(SYS_capset, &header, none)) fail("capabilities");
}

/*
 * Ends every process of a user id that the grader owns alone: the kernel signals all of them in one sweep, in which
 * none can start another. Whether any is left the kernel does not say; the grader looks.
 */
static int reap(long uid) {
  errno = 0;
  if (uid <= 0) fail("reap without a user id");
  become(uid);
  drop_capabilities();
  kill(-1, SIGKILL);
  return 0;
}

static void restrict_self(const struct plan *plan) {
  pid_t parent = getppid();
  be_first_to_go();
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) fail("no_new_privs");
  if (plan->ruleset >= 0 && syscall(LANDLOCK_RESTRICT, plan->ruleset, 0)) fail("landlock");
  close_foreign_descriptors();
  setsid(); /* Fails where the grader has made the session already. */
  umask(077);
  if (plan->uid >= 0) become(plan->uid);
  drop_capabilities();
  /* After the change of user, which clears it: the program does not outlive a grader that was killed. */
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)) fail("death signal");
  if (getppid() != parent) _exit(125);
  if (!plan->instructions) return;
  struct sock_fprog program = {plan->instructions, (struct sock_filter *)plan->filter};
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0)) fail("filter");
}

int main(int count, char **arguments) {
  static struct plan plan = {.uid = -1, .ruleset = -1};
  char **at = arguments + 1, **end = arguments + count;
  if (at < end && !strcmp(*at, "landlock-version")) {
    long version = syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_VERSION_FLAG);
    printf("%ld\n", version < 0 ? 0 : version);
    return 0;
  }
  while (at < end && strcmp(*at, "--")) {
    const char *step = *at++;
    long operands = end - at;
    if (!strcmp(step, "reap")) return reap(plan.uid);
    if (!strcmp(step, "uid") && operands >= 1) {
      plan.uid = (long)number(*at++);
    } else if (!strcmp(step, "limit") && operands >= 2) {
      limit(at[0], at[1]);
      at += 2;
    } else if (!strcmp(step, "landlock") && operands >= 3) {
      plan.ruleset = open_ruleset(at[0], at[1], at[2]);
      at += 3;
    } else if (!strcmp(step, "allow") && operands >= 2) {
      allow(plan.ruleset, at[0], at[1]);
      at += 2;
    } else if (!strcmp(step, "filter") && operands >= 1) {
      read_filter(&plan, *at++);
    } else {
      errno = 0;
      fail(step);
    }
  }
  errno = 0;
  if (end - at < 2) fail("no program");
  char **program = at + 1, *environment[] = {NULL};
  restrict_self(&plan);
  if (!fcntl(REPORT, F_SETFD, FD_CLOEXEC) && write(REPORT, "started\n", 8) != 8) _exit(125);
  execve(program[0], program, environment);
  fail(program[0]);
}
