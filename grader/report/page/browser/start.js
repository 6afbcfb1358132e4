document.documentElement.classList.add('scripted');
document.dispatchEvent(new Event('report-shown'));
