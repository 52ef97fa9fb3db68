package dev.narwhal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcStatusTest {

    @Test
    void it_reads_the_memory_of_a_process_that_lives() {
        long all = ProcStatus.bytes("self", "VmRSS");
        long own = ProcStatus.bytes(Long.toString(ProcessHandle.current().pid()), "RssAnon");

        assertThat(own).isBetween(1L << 20, all);
        assertThat(ProcStatus.bytes("4194305", "VmRSS")).as("more than pid_max").isZero();
    }
}
