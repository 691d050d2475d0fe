/**
 * C++ that is compiled into the binding. Loading TensorFlow reads hundreds of megabytes of its file once: relocation
 * tables, and code that registers ops and kernels. They would stay in the process's memory. Pages that were never
 * writable hold nothing but the file's content, so they can be let go; what is needed again comes back from the file.
 */
export const releasePagesSource = `
#ifdef __linux__
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <cstring>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

static int release(struct dl_phdr_info* info, size_t, void*) {
  if (std::strstr(info->dlpi_name, "libtensorflow") == nullptr) return 0;
  const ElfW(Addr) page = sysconf(_SC_PAGESIZE);
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr)& part = info->dlpi_phdr[i];
    if (part.p_type != PT_LOAD || (part.p_flags & PF_W)) continue;
    // Whole pages only: a shared last page may belong to a writable part.
    const ElfW(Addr) begin = (info->dlpi_addr + part.p_vaddr + page - 1) / page * page;
    const ElfW(Addr) end = (info->dlpi_addr + part.p_vaddr + part.p_filesz) / page * page;
    if (end > begin) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
  }
  return 0;
}

// Runs after the initialisers of the libraries that the binding needs.
__attribute__((constructor)) static void release_pages() { dl_iterate_phdr(release, nullptr); }
#endif
`;
