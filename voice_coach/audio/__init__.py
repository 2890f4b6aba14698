"""Sound: clips and tones, the mixer, WAV files, and the rooms (sound card, files, rehearsal) it is exchanged with."""

from voice_coach.audio.clip import BLOCK, BLOCK_MS, FRAMES_PER_MS, RATE, Clip, Pcm, Samples, to_pcm, to_samples
from voice_coach.audio.device import DeviceInfo, DeviceRoom, list_devices, open_duplex
from voice_coach.audio.mixer import Audible, Mixer, MixerCounters, Rank
from voice_coach.audio.room import DeviceLostError, FileRoom, MixedRoom, NullRoom, RehearsalRoom, Room
from voice_coach.audio.tones import tone
from voice_coach.audio.wav import WavWriter, read_wav

__all__ = [
    "BLOCK",
    "BLOCK_MS",
    "FRAMES_PER_MS",
    "RATE",
    "Audible",
    "Clip",
    "DeviceInfo",
    "DeviceLostError",
    "DeviceRoom",
    "FileRoom",
    "MixedRoom",
    "Mixer",
    "MixerCounters",
    "NullRoom",
    "Pcm",
    "Rank",
    "RehearsalRoom",
    "Room",
    "Samples",
    "WavWriter",
    "list_devices",
    "open_duplex",
    "read_wav",
    "to_pcm",
    "to_samples",
    "tone",
]
