using System.Diagnostics;
using Atrium.Laughter.Audio;
using Atrium.Laughter.World;

namespace Atrium.Laughter.Tests;

public sealed class DecoderTests
{
    public static bool HasFfmpeg { get; } = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "ffmpeg")));

    [Theory]
    [InlineData(8_000, 1)]
    [InlineData(16_000, 1)]
    [InlineData(22_050, 2)]
    [InlineData(44_100, 6)]
    [InlineData(96_000, 2)]
    [Keeps("G-111")]
    public async Task A_wav_of_any_rate_and_any_number_of_channels_becomes_16_kHz_mono(int rate, int channels)
    {
        var path = Samples.TemporaryFile(".wav");
        WavWriter.Write(path, Tone(rate, channels, seconds: 2), rate, channels);
        var samples = await DecodeAsync(path);
        samples.Length.ShouldBeInRange(31_999, 32_001);
        // One channel in all carries the tone of amplitude 0.5; the others are silent.
        Amplitude(samples, 440).ShouldBe(0.5 / channels, 0.01);
    }

    [Theory]
    [InlineData("ogg", "libopus")]
    [InlineData("mp3", "libmp3lame")]
    [InlineData("m4a", "aac")]
    [InlineData("flac", "flac")]
    public async Task Compressed_recordings_are_decoded_through_ffmpeg(string extension, string codec)
    {
        Assert.SkipUnless(HasFfmpeg, "ffmpeg is not installed");
        string wav = Samples.TemporaryFile(".wav"), path = Samples.TemporaryFile("." + extension);
        WavWriter.Write(wav, Tone(16_000, 1, seconds: 2));
        await FfmpegAsync("-i", wav, "-c:a", codec, "-b:a", "64k", path);
        var samples = await DecodeAsync(path);
        samples.Length.ShouldBeInRange(31_000, 34_000);
        Amplitude(samples.AsSpan(8_000, 16_000).ToArray(), 440).ShouldBe(0.5, 0.05);
    }

    [Fact]
    public async Task A_resampled_tone_above_the_new_limit_is_gone()
    {
        var path = Samples.TemporaryFile(".wav");
        WavWriter.Write(path, [.. Enumerable.Range(0, 96_000).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * 11_000 * i / 48_000)))], 48_000);
        (await DecodeAsync(path))[1_000..^1_000].Max(Math.Abs).ShouldBeLessThan(0.001f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public async Task A_wav_whose_header_lies_about_its_length_is_read_to_its_end(int claimed)
    {
        var path = Samples.TemporaryFile(".wav");
        WavWriter.Write(path, new float[16_000]);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        BitConverter.GetBytes(claimed).CopyTo(bytes, 40);
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        (await DecodeAsync(path)).Length.ShouldBe(16_000);
    }

    [Theory]
    [InlineData(22, 0)]
    [InlineData(22, 255)]
    [InlineData(24, 0)]
    [InlineData(25, 255)]
    [InlineData(34, 7)]
    public async Task A_wav_whose_header_lies_about_its_samples_is_read_within_its_size_or_refused(int at, byte value)
    {
        Assert.SkipUnless(HasFfmpeg, "ffmpeg is not installed");
        var path = Samples.TemporaryFile(".wav");
        WavWriter.Write(path, Samples.Noise(1, 1));
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[at] = value;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        try
        {
            (await DecodeAsync(path)).Length.ShouldBeLessThanOrEqualTo(4 * bytes.Length);
        }
        catch (AudioException error)
        {
            error.Code.ShouldBeOneOf("unreadable", "no-audio", "decoder-failed");
        }
    }

    [Fact]
    public async Task A_recording_of_twenty_hours_is_read_piece_by_piece()
    {
        const int bytes = 20 * 3_600 * 16_000;
        var path = Samples.TemporaryFile(".wav");
        await using (var file = File.Create(path))
        {
            await using (var writer = new BinaryWriter(file, System.Text.Encoding.ASCII, leaveOpen: true))
                WavWriter.WriteHeader(writer, bytes, 8_000, 1);
            // A hole in the file, so that it takes no room.
            file.SetLength(44L + bytes);
        }

        var before = GC.GetTotalMemory(forceFullCollection: false);
        var samples = 0L;
        await foreach (var piece in AudioDecoder.DecodeAsync(path, cancellation: TestContext.Current.CancellationToken))
        {
            samples += piece.Length;
            if (samples > 3_600 * 16_000)
                break;
        }

        samples.ShouldBeGreaterThan(3_600 * 16_000);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(200 << 20);
    }

    [Theory]
    [InlineData("empty.wav", "")]
    [InlineData("text.mp3", "this is no sound at all, only words that someone renamed")]
    [InlineData("half.wav", "RIFF\u0010\0\0\0WAVEfmt ")]
    [InlineData("list.mp3", "#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n")]
    [InlineData("list.ogg", "ffconcat version 1.0\nfile /etc/hostname\n")]
    public async Task A_file_that_is_no_recording_is_refused_with_a_reason(string name, string content)
    {
        Assert.SkipUnless(HasFfmpeg, "ffmpeg is not installed");
        var path = Path.Combine(Directory.CreateTempSubdirectory("laughter-").FullName, name);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        var error = await Should.ThrowAsync<AudioException>(() => DecodeAsync(path));
        error.Code.ShouldBeOneOf("unreadable", "no-audio", "decoder-failed");
        error.Message.ShouldNotContain(path);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named_as_such() =>
        (await Should.ThrowAsync<AudioException>(() => DecodeAsync("/nowhere/at-all.wav"))).Code.ShouldBe("not-found");

    [Fact]
    public async Task A_recording_longer_than_the_limit_is_refused()
    {
        var path = Samples.TemporaryFile(".wav");
        WavWriter.Write(path, new float[48_000]);
        var error = await Should.ThrowAsync<AudioException>(() => DecodeAsync(path, new DecodeLimits { Length = TimeSpan.FromSeconds(2) }));
        error.Code.ShouldBe("too-long");
    }

    [Fact]
    public async Task A_missing_decoder_is_named_as_such()
    {
        var path = Samples.TemporaryFile(".ogg");
        await File.WriteAllTextAsync(path, "OggS", TestContext.Current.CancellationToken);
        var error = await Should.ThrowAsync<AudioException>(() => DecodeAsync(path, new DecodeLimits { Ffmpeg = "/no/such/program" }));
        error.Code.ShouldBe("decoder-missing");
    }

    [Fact]
    public async Task A_decoder_that_hangs_is_ended()
    {
        var clock = new ManualClock();
        var decoding = DecodeAsync(Program("echo $$ > \"$0.pid\"; exec sleep 1000", out var program), new DecodeLimits { Ffmpeg = program }, clock);
        while (!File.Exists(program + ".pid") || (await File.ReadAllTextAsync(program + ".pid", TestContext.Current.CancellationToken)).Length == 0 || clock.Timers < 2)
            await Task.Yield();
        clock.Advance(TimeSpan.FromSeconds(31));
        (await Should.ThrowAsync<AudioException>(() => decoding)).Code.ShouldBe("stalled");
        var id = int.Parse(await File.ReadAllTextAsync(program + ".pid", TestContext.Current.CancellationToken));
        Process.GetProcesses().Where(process => process.Id == id).ShouldAllBe(process => process.WaitForExit(10_000));
    }

    [Fact]
    public async Task A_decoder_that_is_killed_is_an_error_and_not_a_short_recording()
    {
        var decoding = DecodeAsync(Program("head -c 128000 /dev/zero; kill -9 $$", out var program), new DecodeLimits { Ffmpeg = program });
        (await Should.ThrowAsync<AudioException>(() => decoding)).Code.ShouldBe("decoder-failed");
    }

    [Fact]
    public async Task A_decoder_that_eats_memory_is_ended()
    {
        var decoding = DecodeAsync(Program("exec cat /dev/zero", out var program), new DecodeLimits { Ffmpeg = program, MemoryBytes = 1_000 });
        (await Should.ThrowAsync<AudioException>(() => decoding)).Code.ShouldBe("memory");
    }

    [Fact]
    public async Task Endless_output_stops_at_the_length_limit_because_the_reader_holds_it_back()
    {
        var decoding = DecodeAsync(Program("exec cat /dev/zero", out var program), new DecodeLimits { Ffmpeg = program, Length = TimeSpan.FromMinutes(1) });
        (await Should.ThrowAsync<AudioException>(() => decoding)).Code.ShouldBe("too-long");
    }

    [Theory]
    [InlineData(44_100, 1)]
    [InlineData(44_100, 500)]
    [InlineData(8_000, 37)]
    [InlineData(48_000, 1_024)]
    public void Resampling_does_not_depend_on_how_the_stream_is_cut(int rate, int chunk)
    {
        var samples = Samples.Noise(3, 0.5);
        var whole = new Resampler(rate, 16_000);
        float[] expected = [.. whole.Push(samples).ToArray(), .. whole.Complete().ToArray()];
        var cut = new Resampler(rate, 16_000);
        var found = new List<float>();
        foreach (var piece in samples.Chunk(chunk))
            found.AddRange(cut.Push(piece).Span);
        found.AddRange(cut.Complete().Span);
        found.ShouldBe(expected);
        found.Count.ShouldBe((int)Math.Ceiling(samples.Length * 16_000.0 / rate));
    }

    internal static async Task<float[]> DecodeAsync(string path, DecodeLimits? limits = null, TimeProvider? clock = null)
    {
        var samples = new List<float>();
        await foreach (var piece in AudioDecoder.DecodeAsync(path, limits, clock, TestContext.Current.CancellationToken))
            samples.AddRange(piece.Span);
        return [.. samples];
    }

    internal static Task FfmpegAsync(params string[] arguments) =>
        FfmpegDecoder.RunAsync(new DecodeLimits(), TimeProvider.System, arguments, TestContext.Current.CancellationToken);

    internal static double Amplitude(float[] samples, double hertz)
    {
        double real = 0, imaginary = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            real += samples[i] * Math.Cos(2 * Math.PI * hertz * i / 16_000);
            imaginary += samples[i] * Math.Sin(2 * Math.PI * hertz * i / 16_000);
        }

        return 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / samples.Length;
    }

    private static float[] Tone(int rate, int channels, int seconds) =>
        [.. Enumerable.Range(0, rate * seconds * channels).Select(i => i % channels == 0 ? (float)(0.5 * Math.Sin(2 * Math.PI * 440 * (i / channels) / rate)) : 0)];

    /// <summary>A stand-in for ffmpeg, and a file that only it would decode.</summary>
    private static string Program(string script, out string program)
    {
        program = Samples.TemporaryFile("");
        File.WriteAllText(program, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return program;
    }

    /// <summary>A clock whose timers fire when it is told to move.</summary>
    private sealed class ManualClock : TimeProvider
    {
        private readonly List<ManualTimer> _timers = [];

        public int Timers
        {
            get
            {
                lock (_timers)
                    return _timers.Count;
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new ManualTimer(() => callback(state)) { Due = dueTime };
            lock (_timers)
                _timers.Add(timer);
            return timer;
        }

        public void Advance(TimeSpan time)
        {
            ManualTimer[] due;
            lock (_timers)
                due = [.. _timers.Where(timer => timer.Due <= time)];
            foreach (var timer in due)
                timer.Fire();
        }
    }

    private sealed class ManualTimer(Action fire) : ITimer
    {
        public TimeSpan Due { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            return true;
        }

        public void Dispose() => Due = TimeSpan.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
