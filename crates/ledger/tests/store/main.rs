//! One suite of stories for every back end, and what a SQLite file promises on top.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]
#![expect(clippy::disallowed_methods, reason = "these tests damage files and look at what is left")]

mod contents;
mod file;
mod folder;
mod memory;
mod rows;
mod same;
mod sound;
mod stories;
mod walks;

/// Tells each story on both back ends. A story gets a way to open the same, at first empty, rows again and again.
macro_rules! on_both_back_ends {
    ($($room:ident: $($story:ident)*;)*) => {
        mod in_memory {
            $($(
                #[test]
                fn $story() {
                    let rows = crate::memory::Memory::default();
                    crate::$room::$story(|| rows.clone());
                }
            )*)*
        }

        mod in_a_file {
            $($(
                #[test]
                fn $story() {
                    let folder = crate::folder::Folder::new(stringify!($story));
                    crate::$room::$story(|| folder.open());
                }
            )*)*
        }
    };
}

on_both_back_ends! {
    stories:
        a_batch_is_there_whole
        an_id_sent_twice_changes_nothing
        an_id_that_is_in_another_stream_changes_nothing
        the_second_of_two_writers_is_told_and_leaves_nothing
        a_head_that_is_not_there_or_not_the_same_is_told
        a_place_that_is_taken_is_told
        a_batch_that_names_an_entry_or_a_place_twice_is_refused
        a_record_changes_only_from_what_was_expected
        what_one_batch_does_wrong_does_not_harm_the_others
        sixty_four_threads_lose_nothing
        the_access_log_is_chained_and_gapless_under_eight_threads
        opened_again_it_shows_the_same
        two_handles_see_what_the_other_wrote;
    walks:
        walks_go_in_order
        walks_stop_when_told
        a_walk_may_read_and_write_on_its_way
        a_stream_is_read_after_a_place
        a_chain_and_its_head_are_of_one_moment
        the_access_log_is_read_after_a_place
        a_lot_is_found_where_it_was_used
        a_new_seal_changes_the_seal_and_nothing_else
        a_new_seal_for_what_is_no_longer_there_changes_nothing;
}
