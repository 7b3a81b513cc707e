/**
 * Preloaded into a child process: when the parent is gone without a word (killed, out of memory), the child stops as if asked to.
 * Without this, killing the one command would leave its processes behind with their ports open.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The channel alone is no reason to live.
process.channel?.unref();
