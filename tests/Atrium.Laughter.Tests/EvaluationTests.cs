using Atrium.Laughter.Evaluation;
using Atrium.Laughter.Events;
using Atrium.Laughter.Network;
using Atrium.Laughter.Training;

namespace Atrium.Laughter.Tests;

public sealed class EvaluationTests
{
    private static readonly Stretch[] Truth = [new(1, 2), new(5, 7), new(10, 10.5)];

    [Fact]
    public void The_strict_collar_wants_onset_and_offset()
    {
        // Second: onset 0.1 s late, offset 0.9 s late, within half its length of 2 s. Third: offset 0.3 s late, not within 0.25 s.
        var counts = EventMatching.Count(Truth, [new(1.3, 2), new(5.1, 7.9), new(10, 10.8)], EventCriterion.Strict);
        counts.ShouldBe(new Counts(1, 2, 2));
    }

    [Fact]
    public void The_onset_collar_leaves_the_offset_alone() =>
        EventMatching.Count(Truth, [new(1.5, 9), new(5.6, 6), new(9.6, 20)], EventCriterion.Onset).ShouldBe(new Counts(2, 1, 1));

    [Fact]
    public void The_matching_is_the_largest_there_is()
    {
        // Greedily, the first label would take the only event that fits the second.
        Stretch[] truth = [new(1, 2), new(1.3, 2)], found = [new(1.4, 2), new(0.8, 2)];
        EventMatching.Count(truth, found, EventCriterion.Onset).Hits.ShouldBe(2);
    }

    [Fact]
    public void By_overlap_one_long_event_may_hit_several_labels()
    {
        var counts = EventMatching.Count(Truth, [new(0, 7), new(7.05, 9), new(20, 21)], EventCriterion.Overlap);
        counts.ShouldBe(new Counts(2, 2, 1));
        counts.Recall.ShouldBe(2 / 3.0, 1e-9);
        counts.Precision.ShouldBe(0.5, 1e-9);
        counts.F1.ShouldBe(4 / 7.0, 1e-9);
    }

    [Fact]
    public void Frames_are_counted_by_their_middles() =>
        FrameMatching.Count([new(1, 2)], [new(1.5, 2.5)], 4).ShouldBe(new Counts(50, 50, 50));

    [Fact]
    public void A_report_of_a_perfect_detector_is_perfect()
    {
        var report = EvaluationReport.Of([Recording(Truth, Truth, 0.9f), Recording([], [], 0)], Rules);
        report.Events.Values.ShouldAllBe(counts => counts.F1 == 1);
        report.Frames.F1.ShouldBe(1);
        report.Clips.ShouldBe(new Counts(1, 0, 0));
        report.FalseAlarmsPerHour.ShouldBe(0);
        report.SweepArea.ShouldBe(1, 1e-9);
        report.OnsetError.ShouldBe(0, 1e-9);
        report.Laughs.ShouldBe(3);
    }

    [Fact]
    public void A_report_counts_false_alarms_by_the_hour()
    {
        var report = EvaluationReport.Of([Recording([], [new(3, 4), new(8, 9)], 0.9f)], Rules);
        report.FalseAlarmsPerHour.ShouldBe(2 / (20 / 3_600.0), 1e-6);
        report.SweepArea.ShouldBe(0);
        report.Clips.ShouldBe(new Counts(0, 1, 0));
    }

    [Theory]
    [InlineData("a.txt", "1.0\t2.0\tlaughter\n3\t4\tdog\n5\t6\t\n")]
    [InlineData("a.json", """{"0": {"start_sec": 1.0, "end_sec": 2.0}, "1": {"start_sec": 5.0, "end_sec": 6.0}}""")]
    [InlineData("b.json", """{"events": [{"start": 1, "end": 2, "score": 0.5, "label": "Giggle"}, {"start": 5, "end": 6, "score": 0.5, "label": "Giggle"}]}""")]
    [InlineData("a.mrt", """
        <?xml version="1.0" encoding="iso-8859-1"?>
        <!DOCTYPE Meeting SYSTEM "http://127.0.0.1:1/Meeting.dtd">
        <Meeting><Transcript>
        <Segment StartTime="1.0" EndTime="2.0" Participant="a"><VocalSound Description="laugh"/></Segment>
        <Segment StartTime="2.5" EndTime="3.0" Participant="a">Well, <VocalSound Description="laugh"/></Segment>
        <Segment StartTime="3.5" EndTime="4.0" Participant="a"><VocalSound Description="cough"/></Segment>
        <Segment StartTime="5.0" EndTime="5.6" Participant="a"><VocalSound Description="laugh"/></Segment>
        <Segment StartTime="5.5" EndTime="6.0" Participant="b"><VocalSound Description="laugh"/></Segment>
        </Transcript></Meeting>
        """)]
    [InlineData("a.xml", """
        <nite:root xmlns:nite="http://nite.sourceforge.net/"><vocalsound starttime="1.0" endtime="2.0" type="laugh"/>
        <w starttime="2.0" endtime="2.2">yes</w><vocalsound starttime="3" endtime="4" type="cough"/><vocalsound starttime="5" endtime="6" type="laugh"/></nite:root>
        """)]
    public void Labels_of_the_known_formats_are_read(string name, string content)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("laughter-").FullName, name);
        File.WriteAllText(path, content);
        LabelFile.Read(path).ShouldHaveSingleItem().Laughs.ShouldBe([new Stretch(1, 2), new Stretch(5, 6)]);
    }

    [Fact]
    public void A_folder_is_paired_with_its_labels()
    {
        var folder = Directory.CreateTempSubdirectory("laughter-").FullName;
        foreach (var name in (string[])["yt_abc.mp3", "def.wav", "own.wav", "unlabelled.wav"])
            File.WriteAllText(Path.Combine(folder, name), "");
        File.WriteAllText(Path.Combine(folder, "own.txt"), "2\t3\tlaugh\n");
        File.WriteAllText(Path.Combine(folder, "labels.csv"), "FileID,Start,End,Start.1,End.1,audio_path\nabc,0.5,1.5,2,3,/x\ndef,0.0,0.0,,,/y\n");
        var found = LabelledFolder.Read(folder);
        found.Select(recording => Path.GetFileName(recording.Path)).ShouldBe(["def.wav", "own.wav", "yt_abc.mp3"]);
        found[0].Laughs.ShouldBeEmpty();
        found[1].Laughs.ShouldBe([new Stretch(2, 3)]);
        found[2].Laughs.ShouldBe([new Stretch(0.5, 1.5), new Stretch(2, 3)]);
    }

    [Theory]
    [InlineData("a.txt", "one line without times")]
    [InlineData("a.txt", "5\t3\tlaugh")]
    [InlineData("a.txt", "NaN\t3\tlaugh")]
    [InlineData("a.csv", "Name,Begin\nx,1")]
    [InlineData("a.csv", "FileID,Start,End\nx,1")]
    [InlineData("a.json", "{")]
    [InlineData("a.json", "[]")]
    [InlineData("a.json", """{"0": 5}""")]
    [InlineData("a.mrt", "<Meeting>")]
    [InlineData("a.doc", "")]
    public void Damaged_labels_are_refused(string name, string content)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("laughter-").FullName, name);
        File.WriteAllText(path, content);
        Should.Throw<FormatException>(() => LabelFile.Read(path));
    }

    [Fact]
    public void The_area_under_the_curve_is_the_chance_of_the_right_order()
    {
        Ranking.Area([(0.9f, true), (0.8f, true), (0.1f, false)]).ShouldBe(1);
        Ranking.Area([(0.5f, true), (0.5f, false)]).ShouldBe(0.5);
        Ranking.Area([(0.1f, true), (0.4f, true), (0.2f, false), (0.3f, false)]).ShouldBe(0.5);
    }

    private static readonly EventRules Rules = new() { Enter = 0.5, Stay = 0.25, MergeGap = 0.1, MinimumLength = 0.1, Vetoes = [] };

    private static RecordingScores Recording(Stretch[] truth, Stretch[] found, float score)
    {
        var frames = Enumerable.Range(0, 200).Select(i =>
        {
            double start = i / 10.0, end = (i + 1) / 10.0;
            var inside = found.Any(stretch => stretch.Overlap(new Stretch(start, end)) > 0.05);
            return new ScoreFrame(start, end, inside ? score : 0, ClassMap.FirstLaughter, 0);
        });
        return new RecordingScores("one", 20, truth, [.. frames]);
    }
}
