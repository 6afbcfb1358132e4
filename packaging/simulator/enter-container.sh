#!/bin/bash
#
# Run as root in fresh mount and process namespaces (unshare --mount --pid --fork): builds the file tree of a
# container out of layers and enters it with the capabilities that Gradescope's containers have.
#
#   enter-container.sh TREE LOWER UPPER CGROUP... -- COMMAND...
#
# TREE    where the tree is mounted
# LOWER   folder of layers below, or -: `top` is the tree's own, `usr`, `etc`, `var` lie over the host's
# UPPER   folder of layers that take what is written: the same names, and `work`
# CGROUP  control groups to show as the container's own, as NAME=FOLDER

set -euo pipefail

tree="$1" lower="$2" upper="$3"
shift 3
cgroups=()
while [ "$1" != -- ]; do
  cgroups+=("$1")
  shift
done
shift

mount --make-rprivate /

over() { # name, mount point, folders below
  mkdir -p "${upper}/$1" "${upper}/work/$1" "$2"
  mount -t overlay overlay -o "lowerdir=$3,upperdir=${upper}/$1,workdir=${upper}/work/$1" "$2"
}

if [ "${lower}" = - ]; then
  mkdir -p "${upper}/top" "${tree}"
  mount --bind "${upper}/top" "${tree}"
else
  over top "${tree}" "${lower}/top"
fi
for name in usr etc var; do
  below="/${name}"
  [ "${lower}" = - ] || below="${lower}/${name}:/${name}"
  over "${name}" "${tree}/${name}" "${below}"
done
for name in bin sbin lib lib32 lib64 libx32; do
  if [ -L "/${name}" ]; then
    ln -sfn "$(readlink "/${name}")" "${tree}/${name}"
  elif [ -d "/${name}" ]; then
    mkdir -p "${tree}/${name}"
    mount --bind "/${name}" "${tree}/${name}"
  fi
done

mkdir -p "${tree}"/{proc,sys,dev,tmp,run,root,home,opt,mnt,autograder}
chmod 1777 "${tree}/tmp"
chmod 700 "${tree}/root"
mount -t proc proc "${tree}/proc"
mount --rbind /sys "${tree}/sys"
mount --make-rslave "${tree}/sys"
if [ "${#cgroups[@]}" -gt 0 ]; then
  mount -t tmpfs -o mode=755 tmpfs "${tree}/sys/fs/cgroup"
  for cgroup in "${cgroups[@]}"; do
    name="${cgroup%%=*}"
    mkdir -p "${tree}/sys/fs/cgroup/${name}"
    mount --bind "${cgroup#*=}" "${tree}/sys/fs/cgroup/${name}"
    mount -o remount,ro,bind "${tree}/sys/fs/cgroup/${name}"
  done
fi
mount -t tmpfs -o mode=755,size=1m tmpfs "${tree}/dev"
for device in null zero full random urandom tty; do
  touch "${tree}/dev/${device}"
  mount --bind "/dev/${device}" "${tree}/dev/${device}"
done
ln -s /proc/self/fd "${tree}/dev/fd"
mkdir "${tree}/dev/shm"
mount -t tmpfs -o mode=1777,size=64m tmpfs "${tree}/dev/shm"

# What Docker leaves a container's root; above all no CAP_SYS_ADMIN.
capabilities='+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+net_bind_service,+net_raw,+sys_chroot,+mknod,+audit_write,+setfcap'
exec chroot "${tree}" /usr/bin/setpriv --bounding-set "-all,${capabilities}" --inh-caps -all -- "$@"
