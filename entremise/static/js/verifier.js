// QR codes read by the browser itself, where it can: nothing of the picture leaves this page.
(() => {
  "use strict";
  const form = document.querySelector("[data-verifier]");
  if (!form || !("BarcodeDetector" in window)) return;
  const find = (name) => form.querySelector(`[data-scan-${name}]`);
  const [place, video, said] = [find("place"), find("video"), find("said")];
  const file = form.elements.file;
  let detector, stream;

  function give(text) {
    form.elements.text.value = text;
    file.value = "";
    form.requestSubmit();
  }

  function stop() {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    place.hidden = true;
  }

  async function look() {
    while (stream) {
      const found = await detector.detect(video).catch(() => []);
      if (stream && found.length) { stop(); give(found[0].rawValue); return; }
      await new Promise((resume) => setTimeout(resume, 200));
    }
  }

  async function start() {
    said.textContent = "";
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      place.hidden = false;
      await video.play();
      look();
    } catch {
      stop();
      said.textContent = said.dataset.denied;
    }
  }

  // A photograph is no badge: look for a QR code on it before it is sent.
  async function lookAtPhoto() {
    const photo = file.files[0];
    said.textContent = "";
    if (!photo || !/^image\/(jpeg|webp|heic)$/.test(photo.type)) return;
    const found = await createImageBitmap(photo).then((bitmap) => detector.detect(bitmap)).catch(() => []);
    if (found.length) give(found[0].rawValue);
    else said.textContent = said.dataset.none;
  }

  window.BarcodeDetector.getSupportedFormats().then((formats) => {
    if (!formats.includes("qr_code")) return;
    detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    file.addEventListener("change", lookAtPhoto);
    if (!navigator.mediaDevices) return;
    find("offer").hidden = false;
    form.querySelector("[data-scan]").addEventListener("click", start);
    form.querySelector("[data-scan-stop]").addEventListener("click", stop);
  });
})();
